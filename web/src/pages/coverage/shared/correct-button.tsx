import { useState } from 'react';
import { useDisabledReason } from '../../../app/session.ts';
import { Button } from '../../../components/button.tsx';
import { CorrectionDialog } from './correction-dialog.tsx';
import type { Corrected } from './correction-dialog.tsx';

/** For those who know better what a detection sees. */
export function CorrectButton({ detection }: { detection: Corrected }) {
  const [open, setOpen] = useState(false);
  const notAllowed = useDisabledReason('correct');
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Correct what ${detection.name} sees`}
        disabledReason={notAllowed}
        onClick={() => setOpen(true)}
      >
        Correct
      </Button>
      {open && <CorrectionDialog detection={detection} onClose={() => setOpen(false)} />}
    </>
  );
}
