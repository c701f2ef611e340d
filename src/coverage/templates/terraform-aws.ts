import { parentOf } from '../attack.ts';
import type { AwsWatch } from './declaration.ts';
import { AWS_COST, headerOf, slugOf, TRAIL_NEEDED } from './header.ts';
import type { NamedDeclaration } from './header.ts';
import { eventPatternOf, insightsQueryOf, needsGlobalRegion, ruleStateOf } from './pattern.ts';

/** Terraform that tells somebody by e-mail whenever one of the events happens. */
export function terraformOfAws(declaration: NamedDeclaration & { aws: readonly AwsWatch[] }): string {
  const { technique, name, severity, aws } = declaration;
  const slug = slugOf(technique);
  const header = headerOf(declaration, [
    AWS_COST,
    TRAIL_NEEDED,
    ...(needsGlobalRegion(aws) ? ['Deploy it in us-east-1: some of these events arrive there only.'] : []),
    `More: https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`,
    '',
    'The same as a query of CloudWatch Logs Insights:',
    ...insightsQueryOf(aws).map((line) => `  ${line}`),
  ]);
  return `${header.join('\n')}

variable "name_prefix" {
  description = "Beginning of the names of all resources."
  type        = string
  default     = "vedette-${slug}"
}

variable "alert_email" {
  description = "Who is told; AWS sends a message that has to be confirmed."
  type        = string
}

variable "kms_master_key_id" {
  description = "Key of the topic; empty for one of its own. alias/aws/sns does not work here: its policy lets neither EventBridge nor alarms publish, and nobody can change it."
  type        = string
  default     = ""
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  topic_arn = "arn:\${data.aws_partition.current.partition}:sns:\${data.aws_region.current.id}:\${data.aws_caller_identity.current.account_id}:\${var.name_prefix}-alerts"
}

# Step 1: who is told. A topic, encrypted with a key that lets EventBridge and alarms publish.

resource "aws_kms_key" "alerts" {
  description             = "\${var.name_prefix}: alerts of ${parentOf(technique)}"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountAdministersKey"
        Effect    = "Allow"
        Principal = { AWS = "arn:\${data.aws_partition.current.partition}:iam::\${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        # EventBridge tells keys neither account nor rule: conditions on them would keep it out. SNS names the topic.
        Sid       = "RulePublishes"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = {
          StringEquals = { "kms:EncryptionContext:aws:sns:topicArn" = local.topic_arn }
        }
      },
      {
        Sid       = "AlarmPublishes"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        }
      }
    ]
  })
}

resource "aws_sns_topic" "alerts" {
  name              = "\${var.name_prefix}-alerts"
  kms_master_key_id = var.kms_master_key_id == "" ? aws_kms_key.alerts.arn : var.kms_master_key_id
}

resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

# Step 2: what is watched.

resource "aws_cloudwatch_event_rule" "detection" {
  name        = "\${var.name_prefix}-detection"
  description = ${quoted(`ATT&CK ${technique} ${name}`)}
  state       = "${ruleStateOf(aws)}"

  event_pattern = jsonencode(${hcl(eventPatternOf(aws), 2)})
}

# Step 3: how the one tells the other. What cannot be delivered is tried again, then kept for 14 days, and an alarm says so.

resource "aws_sqs_queue" "dlq" {
  name                      = "\${var.name_prefix}-dlq"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "dlq" {
  queue_url = aws_sqs_queue.dlq.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.dlq.arn
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnEquals    = { "aws:SourceArn" = aws_cloudwatch_event_rule.detection.arn }
      }
    }]
  })
}

resource "aws_cloudwatch_event_target" "to_sns" {
  rule      = aws_cloudwatch_event_rule.detection.name
  target_id = "SNSTarget"
  arn       = aws_sns_topic.alerts.arn

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 8
  }

  dead_letter_config {
    arn = aws_sqs_queue.dlq.arn
  }

  input_transformer {
    input_paths = {
      account = "$.account"
      actor   = "$.detail.userIdentity.arn"
      address = "$.detail.sourceIPAddress"
      event   = "$.detail.eventName"
      region  = "$.region"
      time    = "$.time"
    }
    input_template = ${quoted(inputTemplate(technique, name, severity))}
  }
}

resource "aws_sns_topic_policy" "allow_publish" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "RulePublishes"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alerts.arn
        Condition = {
          StringEquals = { "AWS:SourceAccount" = data.aws_caller_identity.current.account_id }
          ArnEquals    = { "aws:SourceArn" = aws_cloudwatch_event_rule.detection.arn }
        }
      },
      {
        Sid       = "AlarmPublishes"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alerts.arn
        Condition = {
          StringEquals = { "AWS:SourceAccount" = data.aws_caller_identity.current.account_id }
          ArnEquals    = { "aws:SourceArn" = aws_cloudwatch_metric_alarm.undelivered.arn }
        }
      }
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "undelivered" {
  alarm_name          = "\${var.name_prefix}-undelivered"
  alarm_description   = "Alerts of ${technique} could not be delivered."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dlq.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}
`;
}

/** What people read; EventBridge wants a JSON string. */
export function inputTemplate(technique: string, name: string, severity: string): string {
  const text = `${severity.toUpperCase()}: ATT&CK ${technique} ${name}. <event> by <actor> from <address> in account <account>, region <region>, at <time>.`;
  return JSON.stringify(text);
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${');
}

/** A value as HCL; every key stands in quotes. */
function hcl(value: unknown, indent: number): string {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one === 'string'))
      return `[${value.map((one) => quoted(one)).join(', ')}]`;
    return `[\n${value.map((one) => `${pad}  ${hcl(one, indent + 2)}`).join(',\n')}\n${pad}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const lines = Object.entries(value).map(
      ([key, one]) => `${pad}  ${quoted(key)} = ${hcl(one, indent + 2)}`,
    );
    return `{\n${lines.join('\n')}\n${pad}}`;
  }
  return quoted(String(value));
}
