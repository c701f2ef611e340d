"""Runs ScoutSuite's `scout` where the endpoint of an account is a port of 127.0.0.1.

The S3 control API puts the account id in front of the host name (`111111111111.127.0.0.1`), and no resolver knows that
name: here every name below 127.0.0.1 is 127.0.0.1. Run it with the Python of ScoutSuite's own environment.
"""
import socket
import sys

from ScoutSuite.__main__ import run_from_cli

_getaddrinfo = socket.getaddrinfo


def getaddrinfo(host, *args, **kwargs):
    below_loopback = isinstance(host, str) and host.endswith(".127.0.0.1")
    return _getaddrinfo("127.0.0.1" if below_loopback else host, *args, **kwargs)


socket.getaddrinfo = getaddrinfo

if __name__ == "__main__":
    sys.argv[0] = "scout"
    sys.exit(run_from_cli())
