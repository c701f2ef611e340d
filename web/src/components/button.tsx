import { useId } from 'react';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';

interface Props extends Omit<ComponentProps<'button'>, 'disabled'> {
  look?: 'plain' | 'primary' | 'danger' | 'quiet';
  /** Why it cannot be used now. It stays in its place and in the tab order, and tells why. */
  disabledReason?: string | null | undefined;
  /** It has been used, and the answer is awaited. */
  pending?: boolean;
  children: ReactNode;
}

export function Button({
  look = 'plain',
  disabledReason = null,
  pending = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: Props) {
  const reasonId = useId();
  const off = disabledReason !== null || pending;
  const click = (event: MouseEvent<HTMLButtonElement>): void => {
    if (off) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <span className="button-frame">
      <button
        {...rest}
        type={type}
        className="button"
        data-look={look}
        data-pending={pending || undefined}
        aria-disabled={off || undefined}
        aria-describedby={disabledReason === null ? undefined : reasonId}
        onClick={click}
      >
        {children}
      </button>
      {disabledReason !== null && (
        <span role="tooltip" id={reasonId} className="tooltip">
          {disabledReason}
        </span>
      )}
    </span>
  );
}
