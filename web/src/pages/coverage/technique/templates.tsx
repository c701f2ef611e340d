import type { DetectionTemplate } from '../../../../../src/api/schemas/coverage.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Section } from '../../../components/page.tsx';
import './templates.css';

const FORMATS = { terraform: 'Terraform', cloudformation: 'CloudFormation' } as const;
const PROVIDERS = { aws: 'AWS', gcp: 'Google Cloud' } as const;

/** Templates to copy or download; each is folded until somebody wants to read it. */
export function Templates({ templates }: { templates: readonly DetectionTemplate[] }) {
  if (templates.length === 0) return null;
  return (
    <Section title="Templates">
      {templates.map(({ provider, format, fileName, text }) => {
        const title = `${FORMATS[format]} for ${PROVIDERS[provider]}`;
        return (
          <div key={fileName} className="template">
            <h3>{title}</h3>
            <div className="actions">
              <CopyButton text={text} what={title} />
              <a
                className="button"
                href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
                download={fileName}
              >
                Download {fileName}
              </a>
            </div>
            <details>
              <summary>Show {title}</summary>
              <section className="template-text" tabIndex={0} aria-label={title}>
                <pre>{text}</pre>
              </section>
            </details>
          </div>
        );
      })}
    </Section>
  );
}
