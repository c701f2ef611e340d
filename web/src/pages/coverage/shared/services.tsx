import './services.css';

interface Props {
  inScope: readonly string[];
  covered: readonly string[];
}

/** The services that a technique is about, those that are seen and those that are not; not by colour alone. */
export function ServiceBadges({ inScope, covered }: Props) {
  if (inScope.length === 0) return <span className="muted">none in use</span>;
  return (
    <ul className="service-badges">
      {inScope.map((service) => {
        const isSeen = covered.includes(service);
        return (
          <li key={service} data-seen={isSeen || undefined}>
            <span aria-hidden="true">{isSeen ? '✓' : '✕'}</span> {service}
            <span className="visually-hidden">{isSeen ? ' (seen)' : ' (not seen)'}</span>
          </li>
        );
      })}
    </ul>
  );
}
