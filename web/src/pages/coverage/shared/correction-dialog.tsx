import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { Correction } from '../../../../../src/api/schemas/coverage.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Id, Plain } from '../../../components/text.tsx';
import { coverageQuery } from './queries.ts';

export interface Corrected {
  id: string;
  name: string;
  /** What it is said to see now. */
  techniques: readonly string[];
}

interface Props {
  detection: Corrected;
  onClose: () => void;
}

/** Says what a detection really sees; the last word on a technique holds. */
export function CorrectionDialog({ detection, onClose }: Props) {
  const [techniqueId, setTechnique] = useState(detection.techniques[0] ?? '');
  const [covers, setCovers] = useState(detection.techniques.length === 0);
  const [reason, setReason] = useState('');
  const techniques = useQuery(coverageQuery({})).data?.techniques ?? [];
  const listId = useId();
  const correct = useChange({
    send: (body: Correction) => request<undefined>('/coverage/corrections', { method: 'PUT', body }),
    refreshes: ['coverage'],
    onDone: () => {
      toast('Noted; it holds for every later scan.');
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    correct.mutate({ detectionId: detection.id, techniqueId: techniqueId.toUpperCase(), covers, reason });
  };
  return (
    <Dialog title="What it really sees" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <p>
            <Plain>{detection.name}</Plain> <Id>{detection.id}</Id>
          </p>
          <Field label="Technique" hint="Its number at MITRE ATT&CK, such as T1562.008.">
            {(control) => (
              <input
                {...control}
                required
                pattern="[Tt]\d{4}(\.\d{3})?"
                title="T and four digits; of a part of a technique a dot and three digits more"
                list={listId}
                autoComplete="off"
                value={techniqueId}
                onChange={({ target: { value } }) => {
                  setTechnique(value);
                  setCovers(!detection.techniques.includes(value.toUpperCase()));
                }}
              />
            )}
          </Field>
          <datalist id={listId}>
            {techniques.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </datalist>
          <Field label="The detection">
            {(control) => (
              <select
                {...control}
                value={covers ? 'yes' : 'no'}
                onChange={({ target }) => setCovers(target.value === 'yes')}
              >
                <option value="yes">sees it</option>
                <option value="no">does not see it</option>
              </select>
            )}
          </Field>
          <Field label="Reason" hint="Others read it beside the figure.">
            {(control) => (
              <textarea
                {...control}
                required
                maxLength={2000}
                rows={3}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
          {correct.error !== null && <ProblemNote error={correct.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" pending={correct.isPending}>
            {correct.isPending ? 'Noting…' : 'Note it'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
