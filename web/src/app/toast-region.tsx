import { useObservable } from '../lib/observable.ts';
import { dismiss, toasts } from './toasts.ts';

export function Toasts() {
  const shown = useObservable(toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text }) => (
        <div key={id} className="toast">
          {text}
          <button type="button" className="toast-close" aria-label="Dismiss" onClick={() => dismiss(id)}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
