#!/bin/bash
# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Starts Odoo. Secrets come as files or from the environment and never lie in the image:
# LGO_SECRET_KEY (32 random bytes, base64) encrypts ID numbers.
set -eu
if [ "${1:-}" = server ] && [ -z "${LGO_SECRET_KEY:-}" ]; then
    echo "Set LGO_SECRET_KEY (openssl rand -base64 32) and keep a copy in a safe place." >&2
    exit 1
fi
umask 077
conf=/var/lib/lgo/odoo.conf
password=$(head -c 24 /dev/urandom | base64 | tr -d '/+=')
sed -e "s|@SECRET_KEY@|${LGO_SECRET_KEY:-}|" -e "s|@ADMIN_PASSWD@|$password|" \
    /etc/lgo/odoo.conf >"$conf"
export ODOO_RC="$conf"
exec /opt/lgo/odoo "$@"
