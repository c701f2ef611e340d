import { defineCheck, failIf } from '../../../catalogue.ts';

export const glueCatalogEncrypted = defineCheck({
  id: 'glue-catalog-encrypted',
  title: 'Data catalogue is encrypted',
  service: 'glue',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::Glue::DataCatalog',
  failsWhen: 'CatalogEncryptionMode is DISABLED. Regions whose catalogue has no database get no verdict.',
  remediation: 'Encrypt the catalogue.',
  command:
    'aws glue put-data-catalog-encryption-settings --data-catalog-encryption-settings file://settings.json',
  on: 'glue:GetDataCatalogEncryptionSettings',
  needs: ['glue:GetDatabases'],
  judge({ encryptionMode }, { list }) {
    const databases = list('glue:GetDatabases').length;
    return databases === 0 ? null : failIf(encryptionMode === 'DISABLED', { encryptionMode, databases });
  },
});
