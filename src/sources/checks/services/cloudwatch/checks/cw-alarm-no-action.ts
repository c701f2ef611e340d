import { defineCheck, failIf } from '../../../catalogue.ts';

export const cwAlarmNoAction = defineCheck({
  id: 'cw-alarm-no-action',
  title: 'Alarms do something when they fire',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen:
    'A metric alarm has no action for the state ALARM, or ActionsEnabled is false. Composite alarms are judged alike; alarms made for scaling policies have actions and pass.',
  remediation: 'Give the alarm an action and enable actions.',
  command: 'aws cloudwatch enable-alarm-actions --alarm-names ALARM',
  on: 'cloudwatch:DescribeAlarms',
  judge({ actionsEnabled, actions }) {
    return failIf(!actionsEnabled || actions.length === 0, { actionsEnabled, actions });
  },
});
