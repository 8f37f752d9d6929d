#!/usr/bin/env bash
# Fetch the vendored files again from their npm packages and compare them with the table in docs/vendored.md.
# For developers: needs npm and python3; users of Sổ Hội never run it. From the repository's root:
#
#   bash docs/refresh_vendored.sh           compare only: says which file differs, changes nothing
#   bash docs/refresh_vendored.sh --write   put the fetched files in place, then compare
#
# To move to another version: change it here, run with --write, copy the printed sha256 into docs/vendored.md.
set -euo pipefail

packages=(
  bootstrap@5.3.9
  htmx.org@2.0.11
  @fontsource/be-vietnam-pro@5.3.0
  @expo-google-fonts/tinos@0.4.2
  axe-core@4.14.1
  @svg-maps/vietnam@2.0.0
)

root=$(pwd)
[[ -f $root/docs/refresh_vendored.sh ]] || { echo "Run this from the repository's root." >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for package in "${packages[@]}"; do
  name=${package%@*}
  mkdir -p "$scratch/$name" "$scratch/tarball/$name"
  (cd "$scratch/tarball/$name" && npm pack --silent "$package" >/dev/null)
  tar xzf "$scratch/tarball/$name/"*.tgz -C "$scratch/$name" --strip-components=1
done

# take FROM TO: FROM is a path in a package, TO a path in the repository.
new=$scratch/new
take() { mkdir -p "$new/$(dirname "$2")"; cp "$scratch/$1" "$new/$2"; chmod 644 "$new/$2"; }

static=sohoi/desk/static/desk
take bootstrap/dist/css/bootstrap.min.css $static/vendor/bootstrap.min.css
take bootstrap/LICENSE $static/vendor/bootstrap.LICENSE.txt
take htmx.org/dist/htmx.min.js $static/vendor/htmx.min.js
take htmx.org/LICENSE $static/vendor/htmx.LICENSE.txt

# The source map is not shipped; a stylesheet that names it would stop the hashed static files from being made.
sed -i '/^\/\*# sourceMappingURL=.*\*\/$/d' "$new/$static/vendor/bootstrap.min.css"

for subset in latin latin-ext vietnamese; do
  for weight in 400 600 700; do
    file=be-vietnam-pro-$subset-$weight-normal.woff2
    take "@fontsource/be-vietnam-pro/files/$file" "$static/fonts/$file"
  done
done
take @fontsource/be-vietnam-pro/LICENSE $static/fonts/be-vietnam-pro.LICENSE.txt

fonts=sohoi/reports/fonts
take @expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf $fonts/Tinos-Regular.ttf
take @expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf $fonts/Tinos-Italic.ttf
take @expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf $fonts/Tinos-Bold.ttf
take @expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf $fonts/Tinos-BoldItalic.ttf
take @expo-google-fonts/tinos/LICENSE_FONT $fonts/OFL.txt

take axe-core/axe.min.js tests/vendor/axe.min.js
take axe-core/LICENSE tests/vendor/axe.LICENSE.txt
take axe-core/LICENSE-3RD-PARTY.txt tests/vendor/axe.LICENSE-3RD-PARTY.txt

take @svg-maps/vietnam/LICENSE.md $static/map/LICENSE.md

if [[ ${1:-} == --write ]]; then
  cp -r "$new/." "$root/"
fi

different=0
while read -r file; do
  sum=$(sha256sum "$new/$file" | cut -d' ' -f1)
  if grep -qF "| \`$file\` | \`$sum\` |" docs/vendored.md; then
    echo "same       $file"
  else
    echo "DIFFERENT  $file  $sum"
    different=1
  fi
done < <(cd "$new" && find . -type f | cut -c3- | sort)
exit $different
