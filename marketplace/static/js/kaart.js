// The results on a map. What it draws stands in the page; the list below stays as it is.

/* global L */
const box = document.getElementById("kaart");
const data = JSON.parse(document.getElementById("kaart-gegevens").textContent);
const TOGETHER = 44; // pixels: pins closer than this are one

box.hidden = false;
const map = L.map(box, { scrollWheelZoom: false, attributionControl: Boolean(data.tiles) });
if (data.tiles) {
  const credit = document.createElement("span");
  credit.textContent = data.credit;
  L.tileLayer(data.tiles, { maxZoom: 19, attribution: credit.innerHTML }).addTo(map);
  box.classList.add("tiled");
}
const land = L.geoJSON(data.boundaries, { style: { className: "boundary" }, interactive: false });
land.addTo(map);
map.fitBounds(L.latLngBounds(data.points.map(([lat, lon]) => [lat, lon])).pad(0.1), { maxZoom: 14 });
const pins = L.layerGroup().addTo(map);
if (data.here) L.marker(data.here, { icon: icon("home"), interactive: false, keyboard: false }).addTo(map);

function icon(kind, text = "") {
  return L.divIcon({ className: `pin ${kind}`, iconSize: [44, 44], html: text });
}

function groups() {
  const found = [];
  for (const point of data.points) {
    const at = map.latLngToLayerPoint([point[0], point[1]]);
    const near = found.find((group) => group.at.distanceTo(at) < TOGETHER);
    if (near) near.points.push(point);
    else found.push({ at, points: [point] });
  }
  return found;
}

function list(points) {
  const all = document.createElement("div");
  for (const [, , title, url] of points) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    all.append(link);
  }
  return all;
}

function draw() {
  pins.clearLayers();
  for (const { points } of groups()) {
    const many = points.length > 1;
    const marker = L.marker([points[0][0], points[0][1]], {
      icon: icon(many ? "many" : "one", many ? String(points.length) : ""),
    });
    marker.bindPopup(list(points), { maxHeight: 220 }).addTo(pins);
    marker.getElement().setAttribute("aria-label", points.map((point) => point[2]).join(", "));
  }
}

map.on("zoomend", draw);
draw();
