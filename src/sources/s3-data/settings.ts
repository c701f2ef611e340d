import { setting } from '../../config/setting.ts';
import type { Values } from '../../config/setting.ts';
import { integer, list } from '../../config/types.ts';
import { customDetectors } from './detectors/custom.ts';

export const s3DataSettings = {
  detectors: setting(
    'VEDETTE_S3_DETECTORS',
    list,
    'The detectors of a scan that names none; without it ssn, credit_card, aws_access_key, email and us_phone.',
  ),
  custom: setting(
    'VEDETTE_S3_CUSTOM_DETECTORS',
    customDetectors,
    'Detectors of your own: a list of `id`, `title`, `level`, `pattern`, `keywords`, `validator`; JSON in the environment.',
  ),
  maxObjectMb: setting(
    'VEDETTE_S3_MAX_OBJECT_MB',
    integer(20_480, { min: 1, max: 5_242_880 }),
    'Objects of more megabytes are skipped, and listed so.',
  ),
  maxMatches: setting(
    'VEDETTE_S3_MAX_FINDINGS',
    integer(10_000, { min: 1, max: 1_000_000 }),
    'Findings of one object that are kept; more are counted.',
  ),
  maxRatio: setting(
    'VEDETTE_S3_MAX_RATIO',
    integer(250, { min: 2, max: 100_000 }),
    'Bytes that may come out of an archive for each byte of it; an object that has more has failed.',
  ),
  batchesAtOnce: setting(
    'VEDETTE_S3_BATCHES',
    integer(4, { min: 1, max: 200 }),
    'Batches of objects that are scanned at a time, on all workers of one job together.',
  ),
  objectsAtOnce: setting(
    'VEDETTE_S3_OBJECTS_AT_ONCE',
    integer(8, { min: 1, max: 64 }),
    'Objects of a batch that are read at a time.',
  ),
};

export type S3DataSettings = Values<typeof s3DataSettings>;
