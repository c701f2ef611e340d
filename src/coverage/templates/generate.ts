import { VedetteError } from '../../errors.ts';
import { attackOf } from '../attack.ts';
import type { Provider } from '../data.ts';
import { cloudFormation } from './cloudformation.ts';
import type { TemplateDeclaration } from './declaration.ts';
import { TEMPLATES } from './declarations.ts';
import { terraformOfAws } from './terraform-aws.ts';
import { terraformOfGcp } from './terraform-gcp.ts';

export const TEMPLATE_FORMATS = ['terraform', 'cloudformation'] as const;
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];

/** A template, ready to be written to a file. */
export interface Template {
  technique: string;
  provider: Provider;
  format: TemplateFormat;
  fileName: string;
  text: string;
}

/** What templates of a technique there are; none of a technique that no log of a cloud shows. */
export function templatesOf(techniqueId: string): { provider: Provider; format: TemplateFormat }[] {
  const declaration = TEMPLATES.find(({ technique }) => technique === techniqueId);
  return [
    ...(declaration?.aws === undefined
      ? []
      : ([
          { provider: 'aws', format: 'cloudformation' },
          { provider: 'aws', format: 'terraform' },
        ] as const)),
    ...(declaration?.gcp === undefined ? [] : ([{ provider: 'gcp', format: 'terraform' }] as const)),
  ];
}

/** @throws VedetteError `usage` where there is no such template */
export function generateTemplate(techniqueId: string, provider: Provider, format: TemplateFormat): Template {
  const declaration = TEMPLATES.find(({ technique }) => technique === techniqueId);
  if (declaration === undefined) throw noTemplate(techniqueId);
  const text = textOf(declaration, provider, format);
  if (text === null) {
    const there = templatesOf(techniqueId).map((one) => `${one.provider} ${one.format}`);
    throw new VedetteError('usage', `There is no template of ${techniqueId} for ${provider} as ${format}.`, {
      remedy: `There is: ${there.join(', ')}.`,
    });
  }
  const extension = format === 'terraform' ? 'tf' : 'yaml';
  const fileName = `${provider}-${techniqueId.toLowerCase().replace('.', '-')}.${extension}`;
  return { technique: techniqueId, provider, format, fileName, text };
}

function textOf(declaration: TemplateDeclaration, provider: Provider, format: TemplateFormat): string | null {
  const name = attackOf().byId.get(declaration.technique)?.name ?? '';
  const named = { ...declaration, name };
  if (provider === 'aws' && declaration.aws !== undefined) {
    const own = { ...named, aws: declaration.aws };
    return format === 'terraform' ? terraformOfAws(own) : cloudFormation(own);
  }
  if (provider === 'gcp' && declaration.gcp !== undefined && format === 'terraform') {
    return terraformOfGcp({ ...named, gcp: declaration.gcp });
  }
  return null;
}

function noTemplate(techniqueId: string): VedetteError {
  const { byId, techniques } = attackOf();
  if (!byId.has(techniqueId)) {
    return new VedetteError('usage', `${JSON.stringify(techniqueId)} is no technique of ATT&CK 18.1.`, {
      remedy: 'vedette coverage show lists the techniques.',
    });
  }
  const ofClouds = techniques.some(({ id }) => id === techniqueId);
  return new VedetteError('usage', `There is no template of ${techniqueId}.`, {
    remedy: ofClouds
      ? 'No event of a cloud shows it by itself; GuardDuty or Security Command Center may.'
      : 'It does not show in a cloud account.',
  });
}
