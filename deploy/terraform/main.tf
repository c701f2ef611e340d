# Workers that scan buckets for sensitive data, on ECS Fargate: in private subnets, on spot capacity, with a role that may
# read the named buckets and nothing else. They need a Temporal cluster and a MySQL server, which are not made here.

terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}

provider "aws" {
  region = var.region
}

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  arn = "arn:${data.aws_partition.this.partition}"
}

resource "aws_cloudwatch_log_group" "worker" {
  name              = "/ecs/${var.name}"
  retention_in_days = 30
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

# Nothing comes in; what goes out is TLS, to Temporal (7233) and to the database (3306).
resource "aws_security_group" "worker" {
  name        = var.name
  description = "Workers of vedette: no way in"
  vpc_id      = var.vpc_id

  dynamic "egress" {
    for_each = toset([443, 3306, 7233])

    content {
      from_port   = egress.value
      to_port     = egress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = var.vpc_id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = var.private_route_table_ids
}

resource "aws_ecs_task_definition" "worker" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.worker.arn

  volume {
    name = "home"
  }

  container_definitions = jsonencode([
    {
      name                   = "worker"
      image                  = var.image
      command                = ["worker"]
      essential              = true
      user                   = "1000"
      readonlyRootFilesystem = true
      stopTimeout            = 60
      linuxParameters        = { initProcessEnabled = true }
      mountPoints            = [{ sourceVolume = "home", containerPath = "/var/lib/vedette", readOnly = false }]
      environment = [
        for name, value in merge(
          var.environment,
          { VEDETTE_ARTIFACTS = "s3://${var.artifact_bucket}/vedette" },
          var.topic_arn == null ? {} : { VEDETTE_SNS_TOPIC_ARN = var.topic_arn, VEDETTE_NOTIFY_JOBS = "true" },
        ) : { name = name, value = value }
      ]
      secrets = [for name, arn in var.secrets : { name = name, valueFrom = arn }]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.worker.name
          awslogs-region        = var.region
          awslogs-stream-prefix = "worker"
        }
      }
    }
  ])
}

resource "aws_ecs_service" "worker" {
  name            = var.name
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.worker.arn
  desired_count   = var.min_workers

  # One that stays, all others on spot capacity: a batch that loses its worker is done again by another one.
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 1
    weight            = 0
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.worker.id]
    assign_public_ip = false
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}
