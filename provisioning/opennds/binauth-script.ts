import { shellQuoted } from '../gateway-files.ts';

/** Where the script stands on the gateway. */
export const BINAUTH_PATH = '/usr/lib/opennds/simpul-binauth.sh';

/**
 * BinAuth script of a gateway: POSIX sh with openssl, and curl or wget. It lets a client in only with a grant that the
 * portal signed for the very token that the gateway gave the client, prints its limits, and reports what was used. A
 * report that does not get through stays on the gateway and goes out with the next one.
 * @param key of `binauthKey`
 * @param reportUrl login page of the gateway
 */
export const binauthScript = (key: string, reportUrl: string): string => `#!/bin/sh
# Simpul: pemeriksa izin dan pelapor pemakaian openNDS. Memerlukan openssl, dan curl atau wget.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
KEY=${shellQuoted(key)}
URL=${shellQuoted(reportUrl)}
SPOOL=\${SIMPUL_SPOOL:-/tmp/simpul-binauth}
MOST=500
umask 077
mkdir -p "$SPOOL" 2>/dev/null

sign() { printf '%s' "$1" | openssl dgst -sha256 -hmac "$KEY" | sed 's/^.*= *//' | cut -c1-32; }
digest() { printf '%s' "$1" | openssl dgst -sha256 | sed 's/^.*= *//'; }
is_number() { case "$1" in '' | *[!0-9]*) return 1 ;; esac; [ \${#1} -le 12 ]; }

# Login of a custom text that was signed for this token; nothing where it was not.
login_of() {
  case "$1" in *[!A-Za-z0-9.]* | '') return 1 ;; esac
  case "$2" in *[!0-9A-Za-z]* | '') return 1 ;; esac
  payload=\${1%.*}
  [ "$payload" != "$1" ] || return 1
  [ "$(sign "$payload.$(digest "$2")")" = "\${1##*.}" ] || return 1
  printf '%s' "\${payload%%.*}"
}

post() {
  if command -v curl >/dev/null 2>&1; then
    curl -fsS -m 30 -o /dev/null --data-binary "@$1" "$URL"
  else
    wget -q -T 30 -O /dev/null --post-file="$1" "$URL"
  fi
}

has_reports() { [ -n "$(find "$SPOOL" -name '*.use' | head -n 1)" ]; }

send_all() {
  left=0
  for file in "$SPOOL"/*.use; do
    [ -e "$file" ] || continue
    touch "$SPOOL/lock"
    post "$file" 2>/dev/null && rm -f "$file" || left=1
  done
  return $left
}

# In the background: the gateway waits for this script, citizens wait for the gateway. One sends for all. After some
# five minutes without the portal it gives up, and the next report tries again.
flush() {
  mkdir "$SPOOL/lock" 2>/dev/null || {
    # A lock that somebody left behind when the power went.
    [ -n "$(find "$SPOOL/lock" -maxdepth 0 -mmin +5 2>/dev/null)" ] && rmdir "$SPOOL/lock" 2>/dev/null
    return
  }
  find "$SPOOL" -name '*.use' -mtime +7 -exec rm -f {} +
  pause=5
  until send_all; do
    [ $pause -le 160 ] || break
    sleep $pause
    pause=$((pause * 2))
  done
  rmdir "$SPOOL/lock"
  # Who wrote a report meanwhile found the lock, and left it to us.
  [ $pause -gt 160 ] || ! has_reports || flush
}

report() {
  [ "$(ls "$SPOOL" | wc -l)" -lt "$MOST" ] || return
  text="$1"
  name=$(date +%s)-$$
  # Written as a form: its two fields hold only letters, digits, dots, colons, commas and underscores.
  printf 'simpul_use=%s&simpul_signature=%s' "$text" "$(sign "$text")" >"$SPOOL/$name.new"
  mv "$SPOOL/$name.new" "$SPOOL/$name.use"
  (flush) >/dev/null 2>&1 </dev/null &
}

case "$1" in
  auth_client)
    # method mac redir useragent ip token custom
    # Who prints nothing and ends well refuses. One that ends badly lets everybody in with the gateway's own limits.
    login=$(login_of "$7" "$6") || exit 0
    old=$IFS
    IFS=.
    set -- $7
    IFS=$old
    # login seconds up down upKb downKb signature
    [ $# -eq 7 ] && is_number "$2" && is_number "$3" && is_number "$4" && is_number "$5" && is_number "$6" ||
      exit 0
    echo "$2 $3 $4 $5 $6"
    exit 0
    ;;
  *_auth | *_deauth)
    # method mac incoming outgoing start end token custom
    login=$(login_of "$8" "$7") && report "$1,$2,,$3,$4,$5,$6,$login"
    ;;
esac
echo "0 0 0 0 0"
exit 0
`;
