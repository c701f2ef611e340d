"""What botocore makes of pairs of AWS files: folders in stdin, one a line; JSON in stdout, one line each."""

import json
import os
import sys

import botocore.configloader
import botocore.exceptions
import botocore.session

session = botocore.session.Session()
parse = botocore.configloader.raw_config_parse


def full_config(folder, parse_blocks):
    # Values are compared as they are written; whether their blocks can be read is asked besides.
    botocore.configloader.raw_config_parse = lambda path: parse(path, parse_subsections=parse_blocks)
    session.set_config_variable("config_file", os.path.join(folder, "config"))
    session.set_config_variable("credentials_file", os.path.join(folder, "credentials"))
    session._config = None
    return session.full_config


def read(folder):
    try:
        full_config(folder, parse_blocks=True)
        config = full_config(folder, parse_blocks=False)
    except botocore.exceptions.ConfigParseError as error:
        return {"refused": str(error)}
    return {"profiles": config["profiles"], "sessions": config.get("sso_sessions", {})}


for line in sys.stdin:
    print(json.dumps(read(line.rstrip("\n"))))
