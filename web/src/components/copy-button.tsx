import { toast } from '../app/toasts.ts';
import { Button } from './button.tsx';

export function CopyButton({ text, what }: { text: string; what: string }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied.`);
  };
  return (
    <Button onClick={() => void copy()} aria-label={`Copy ${what.toLowerCase()}`}>
      Copy
    </Button>
  );
}
