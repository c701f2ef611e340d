/** A file that one step of a scan leaves for the next. */
export interface ArtifactRef {
  /** `file:///…` or `s3://bucket/key`. */
  uri: string;
  /** Lower-case hex of the content. */
  sha256: string;
  sizeBytes: number;
}
