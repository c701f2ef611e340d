import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog for as long as it is rendered; the browser keeps the focus inside and gives it back at the end. */
export function Dialog({ title, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    dialog?.showModal();
    // The first control, or else the way out; not the button in the corner.
    dialog?.querySelector<HTMLElement>('input, select, textarea, footer button')?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog-header">
        <h2 id={titleId}>{title}</h2>
        <Button look="quiet" aria-label="Close" onClick={onClose}>
          ✕
        </Button>
      </header>
      {children}
    </dialog>
  );
}

interface ActionsProps {
  onClose: () => void;
  /** The way out, where there is nothing to cancel, or where cancelling is what the dialog asks about. */
  leave?: 'Cancel' | 'Close';
  children?: ReactNode;
}

/** The buttons at the end of a dialog, the one that does it last. */
export function DialogActions({ onClose, leave = 'Cancel', children }: ActionsProps) {
  return (
    <footer className="dialog-actions">
      <Button onClick={onClose}>{leave}</Button>
      {children}
    </footer>
  );
}
