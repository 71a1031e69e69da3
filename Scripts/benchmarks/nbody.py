from math import sqrt

bodies = [
    {"x": 0.0, "y": 0.0, "z": 0.0, "vx": 0.0, "vy": 0.0, "vz": 0.0, "mass": 39.47841760435743},
    {"x": 4.84143144246472090, "y": -1.16032004402742839, "z": -0.103622044471123109, "vx": 0.606326392995832, "vy": 2.81198684491626, "vz": -0.02521836165988763, "mass": 0.03769367487038949},
    {"x": 8.34336671824457987, "y": 4.12479856412430479, "z": -0.403523417114321381, "vx": -1.01077434617879, "vy": 1.82566237123041, "vz": 0.008415761376584154, "mass": 0.011286326131968767},
    {"x": 12.8943695621391310, "y": -15.1111514016986312, "z": -0.223307578892655734, "vx": 1.08279100644153, "vy": 0.868713018169608, "vz": -0.010832637401363636, "mass": 0.0017237240570597112},
    {"x": 15.3796971148509165, "y": -25.9193146099879641, "z": 0.179258772950371181, "vx": 0.979090732243898, "vy": 0.594698998647676, "vz": -0.034755955550407826, "mass": 0.0020336868699246304},
]


def advance(bodies, dt):
    for i, a in enumerate(bodies):
        for b in bodies[i + 1:]:
            dx = a["x"] - b["x"]
            dy = a["y"] - b["y"]
            dz = a["z"] - b["z"]
            square = dx * dx + dy * dy + dz * dz
            pull = dt / (square * sqrt(square))
            mine = a["mass"] * pull
            other = b["mass"] * pull
            a["vx"] -= dx * other
            a["vy"] -= dy * other
            a["vz"] -= dz * other
            b["vx"] += dx * mine
            b["vy"] += dy * mine
            b["vz"] += dz * mine
    for b in bodies:
        b["x"] += dt * b["vx"]
        b["y"] += dt * b["vy"]
        b["z"] += dt * b["vz"]


def run(bodies, steps):
    for _ in range(steps):
        advance(bodies, 0.01)


run(bodies, 500_000)
print(f"{bodies[0]['x']:.9f} {bodies[1]['y']:.9f} {bodies[4]['z']:.9f}")
