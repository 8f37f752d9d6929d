"""The landing rooms: installed apps and the places where kinds and measures are looked for follow from it."""

LANDING = ["welfare", "movement", "economy", "training", "oversight", "cadres", "awards", "safe"]

# Ways in and out that stand on the landing too: they bring pages and no kinds.
DOORS = ["sheets"]
