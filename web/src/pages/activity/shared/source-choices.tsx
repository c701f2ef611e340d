import type { ScanDepth } from '../../../../../src/model/depth.ts';
import { Chips } from '../../../components/chips.tsx';
import { Field } from '../../../components/field.tsx';
import { useSources } from '../../../components/sources.tsx';

export interface Choices {
  depth: ScanDepth | null;
  frameworks: readonly string[];
}

/** What can be chosen of a scan with these sources, beside services and regions; nothing of sources that know no more. */
export function SourceChoices({
  sources,
  values: { depth, frameworks },
  onChange,
}: {
  sources: readonly string[];
  values: Choices;
  onChange: (values: Choices) => void;
}) {
  const offered = useOffered(sources);
  const depths = [...new Set(offered.flatMap((one) => one.depths))];
  const known = [
    ...new Map(offered.flatMap((one) => one.frameworks.map((each) => [each.id, each]))).values(),
  ];
  const usual = offered.find((one) => one.depth !== null)?.depth;
  if (offered.length === 0) return null;
  return (
    <>
      <Field label="Depth" hint="How far to go: each depth goes as far as those before it, and further.">
        {(control) => (
          <select
            {...control}
            value={depth ?? ''}
            onChange={({ target }) =>
              onChange({ frameworks, depth: depths.find((one) => one === target.value) ?? null })
            }
          >
            <option value="">As set{usual && `: ${usual}`}</option>
            {depths.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        )}
      </Field>
      {known.length > 0 && (
        <Chips
          label="Frameworks"
          hint={`Such as ${known[0]?.id ?? ''}. None: everything, whatever it bears on.`}
          values={frameworks}
          onChange={(next) => onChange({ depth, frameworks: next })}
          suggestions={known.map(({ id }) => id)}
        />
      )}
    </>
  );
}

/** The services that these sources say they know. */
export function useKnownServices(sources: readonly string[]): string[] {
  return useOffered(sources).flatMap(({ services }) => services);
}

/** @param chosen none for the first one, which the server takes then */
function useOffered(chosen: readonly string[]) {
  const sources = useSources();
  return sources
    .filter(({ id }, index) => (chosen.length === 0 ? index === 0 : chosen.includes(id)))
    .flatMap(({ choices }) => (choices === null ? [] : [choices]));
}
