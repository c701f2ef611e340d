import type { Level } from '../../../src/model/level.ts';
import { titleCase } from '../lib/format.ts';

/** A shape of its own for each level, so that colour is not needed to tell them apart. */
const SHAPES: Readonly<Record<Level, string>> = {
  critical: 'M4 0h4l4 4v4l-4 4H4L0 8V4z',
  high: 'M6 1l6 10.5H0z',
  medium: 'M6 0l6 6-6 6-6-6z',
  low: 'M1 1h10v10H1z',
  info: 'M6 0a6 6 0 100 12A6 6 0 006 0zm0 2.5a3.5 3.5 0 110 7 3.5 3.5 0 010-7z',
};

export function LevelBadge({ level }: { level: Level }) {
  return (
    <span className="level" data-level={level}>
      <LevelShape level={level} />
      {titleCase(level)}
    </span>
  );
}

export function LevelShape({ level }: { level: Level }) {
  return (
    <svg className="level-shape" data-level={level} viewBox="0 0 12 12" aria-hidden="true">
      <path d={SHAPES[level]} />
    </svg>
  );
}

type Tone = 'good' | 'bad' | 'warning' | 'active' | 'neutral' | 'unknown';

/** Words that read better than the API's. */
const NAMES: Readonly<Record<string, string>> = {
  ok: 'OK',
  never: 'Never scanned',
  'not-applicable': 'Not applicable',
  unknown: 'Not known',
  'failed-scan': 'Scan failed',
  'failed-parsing': 'Parsing failed',
};

/** Every word for a state that the API uses, and how it is meant. */
const TONES: Readonly<Record<string, Tone>> = {
  active: 'bad',
  suppressed: 'neutral',
  resolved: 'good',
  success: 'good',
  completed: 'good',
  recorded: 'good',
  ok: 'good',
  done: 'good',
  running: 'active',
  processing: 'active',
  recording: 'active',
  waiting: 'neutral',
  ended: 'neutral',
  partial: 'warning',
  covered: 'good',
  uncovered: 'bad',
  healthy: 'good',
  broken: 'bad',
  unknown: 'unknown',
  'not-applicable': 'neutral',
  'partly-failed': 'warning',
  stale: 'unknown',
  interrupted: 'warning',
  superseded: 'neutral',
  skipped: 'neutral',
  narrow: 'unknown',
  unseen: 'warning',
  never: 'unknown',
  paused: 'neutral',
  scheduled: 'good',
  revoked: 'neutral',
  expired: 'neutral',
  valid: 'good',
  pass: 'good',
  fail: 'bad',
  manual: 'neutral',
  refused: 'warning',
  failed: 'bad',
  'failed-scan': 'bad',
  'failed-parsing': 'bad',
};
const MARKS: Readonly<Record<Tone, string>> = {
  good: '✓',
  bad: '●',
  warning: '▲',
  active: '◐',
  neutral: '○',
  unknown: '▨',
};

export function StatusBadge({ status }: { status: string }) {
  const tone = TONES[status] ?? 'neutral';
  return (
    <span className="status" data-tone={tone}>
      <span className="status-mark" aria-hidden="true">
        {MARKS[tone]}
      </span>
      {NAMES[status] ?? titleCase(status)}
    </span>
  );
}
