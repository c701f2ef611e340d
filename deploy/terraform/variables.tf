variable "name" {
  description = "Prefix of what is made."
  type        = string
  default     = "vedette-s3"
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "topic_arn" {
  description = "A topic of SNS that the end of each job is told to; none, and nobody is told there."
  type        = string
  default     = null
}

variable "image" {
  description = "The image of vedette, made with its Dockerfile."
  type        = string
}

variable "vpc_id" {
  type = string
}

variable "private_subnet_ids" {
  description = "Subnets without a public address, of at least two zones."
  type        = list(string)
}

variable "private_route_table_ids" {
  description = "Their route tables: S3 is reached through a gateway endpoint, not through NAT."
  type        = list(string)
}

variable "scanned_buckets" {
  description = "Names of the buckets that may be read."
  type        = list(string)
}

variable "scanned_bucket_keys" {
  description = "ARNs of the KMS keys that their objects are encrypted with."
  type        = list(string)
  default     = []
}

variable "artifact_bucket" {
  description = "A private bucket for the files that one step leaves for the next."
  type        = string
}

variable "environment" {
  description = "Settings without secrets: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, DB_HOST, DB_NAME, DB_USER …"
  type        = map(string)
}

variable "secrets" {
  description = "ARNs in Secrets Manager by setting: DB_PASSWORD, TEMPORAL_API_KEY …"
  type        = map(string)
  default     = {}
}

variable "min_workers" {
  type    = number
  default = 1

  validation {
    condition     = var.min_workers >= 1 && var.min_workers <= 50
    error_message = "From 1 to 50 workers."
  }
}

variable "max_workers" {
  type    = number
  default = 5

  validation {
    condition     = var.max_workers >= 1 && var.max_workers <= 50
    error_message = "From 1 to 50 workers."
  }
}

variable "backlog_per_worker" {
  description = "Batches that wait for each worker before there is another one."
  type        = number
  default     = 10
}
