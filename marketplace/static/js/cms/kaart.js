// The pin of an activity on a map of its gemeente. The two number fields below the map are what
// is sent: the map only writes and reads them.

/* global L */
const STEP = 0.0002; // degrees, some twenty metres: one press of an arrow
const ARROWS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const box = document.querySelector("[data-kaart]");
const lat = document.getElementById("id_pin_lat");
const lon = document.getElementById("id_pin_lon");
if (box && lat && lon && window.L) draw();

function draw() {
  const buttons = document.querySelector("[data-kaart-knoppen]");
  box.hidden = false;
  buttons.hidden = false;
  const map = L.map(box, { scrollWheelZoom: false, attributionControl: Boolean(box.dataset.tiles) });
  map.setView([Number(box.dataset.lat), Number(box.dataset.lon)], 13);
  if (box.dataset.tiles) {
    const credit = document.createElement("span");
    credit.textContent = box.dataset.credit;
    L.tileLayer(box.dataset.tiles, { maxZoom: 19, attribution: credit.innerHTML }).addTo(map);
  }
  showBoundary(map);
  let pin = null;

  const write = (point) => {
    lat.value = point.lat.toFixed(6);
    lon.value = point.lng.toFixed(6);
    for (const field of [lat, lon]) field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (point) => {
    if (pin) {
      pin.setLatLng(point);
      return;
    }
    pin = L.marker(point, {
      draggable: true,
      alt: "Speld",
      title: "Speld: verplaats met de pijltjes",
      icon: L.divIcon({ className: "veertig-pin", iconSize: [44, 44], iconAnchor: [22, 40] }),
    }).addTo(map);
    pin.on("dragend", () => write(pin.getLatLng()));
    pin.getElement().addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      event.stopPropagation();
      const now = pin.getLatLng();
      const moved = L.latLng(now.lat + arrow[0] * STEP, now.lng + arrow[1] * STEP);
      show(moved);
      write(moved);
      map.panInside(moved, { padding: [40, 40] });
    });
  };
  const read = () => {
    const point = [Number(lat.value), Number(lon.value)];
    const filled = lat.value !== "" && lon.value !== "";
    if (filled && Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180) {
      show(L.latLng(point));
    } else if (pin) {
      pin.remove();
      pin = null;
    }
  };

  map.on("click", (event) => {
    show(event.latlng);
    write(event.latlng);
  });
  for (const field of [lat, lon]) field.addEventListener("input", read);
  buttons.addEventListener("click", (event) => {
    if (event.target.dataset.speld === "zet") {
      show(map.getCenter());
      write(map.getCenter());
    } else if (event.target.dataset.speld === "weg") {
      lat.value = lon.value = "";
      read();
    }
  });
  read();
  if (pin && box.dataset.tiles) map.setView(pin.getLatLng(), 14);
  // The panel may be folded or on another tab when the page opens.
  new ResizeObserver(() => map.invalidateSize()).observe(box);
}

async function showBoundary(map) {
  try {
    const answer = await fetch(box.dataset.kaart);
    if (!answer.ok) return;
    const style = { className: "veertig-boundary", fill: false, interactive: false };
    const layer = L.geoJSON(await answer.json(), { style }).addTo(map);
    // Without tiles there is nothing else to see.
    if (lat.value === "" || !box.dataset.tiles) map.fitBounds(layer.getBounds());
  } catch {
    // The pin can be put without the boundary; the server checks it.
  }
}
