output "worker_role_arn" {
  description = "To be named in the policies of buckets and keys of other accounts."
  value       = aws_iam_role.worker.arn
}

output "cluster_name" {
  value = aws_ecs_cluster.this.name
}

output "log_group" {
  value = aws_cloudwatch_log_group.worker.name
}
