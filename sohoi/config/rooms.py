"""The landing rooms: installed apps and the places where kinds and measures are looked for follow from it."""

LANDING = ["welfare", "movement", "economy", "training", "oversight", "cadres", "awards", "safe"]
