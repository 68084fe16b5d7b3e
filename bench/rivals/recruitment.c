/* The model of cartel recruitment by hand: the classical Runge-Kutta method, the matrix by its structure, eight
   trajectories side by side. Gives members and deaths a week at every step. */
#include <stddef.h>

#define L 8
#define N 150

typedef double lanes[L];

static void stage(const lanes *restrict y, const lanes *restrict base, lanes *restrict next, lanes *restrict acc, const double *p[5],
                  const unsigned *rows, const unsigned *columns, const double *weights, const double *scale, double c,
                  double *restrict total, double *restrict deaths, int kind)
{
    lanes rate, sum, killed;
    for (int l = 0; l < L; l++) { rate[l] = p[0][l] - p[1][l] / total[l]; sum[l] = 0; killed[l] = 0; }
    for (int i = 0; i < N; i++) {
        lanes rivals;
        for (int l = 0; l < L; l++) rivals[l] = 0;
        for (unsigned k = rows[i]; k < rows[i + 1]; k++)
            for (int l = 0; l < L; l++) rivals[l] += weights[k] * y[columns[k]][l];
        for (int l = 0; l < L; l++) {
            double size = y[i][l];
            double pressure = (rivals[l] + total[l] - size) * scale[i];
            double slope = size * (rate[l] - p[2][l] * pressure - p[3][l] * size), value;
            if (kind == 1) { acc[i][l] = slope; value = base[i][l] + c * slope; killed[l] += size * pressure; }
            else if (kind < 4) { acc[i][l] += 2 * slope; value = base[i][l] + c * slope; }
            else value = base[i][l] + c * (acc[i][l] + slope);
            next[i][l] = value;
            sum[l] += value;
        }
    }
    for (int l = 0; l < L; l++) { total[l] = sum[l]; if (kind == 1) deaths[l] = p[2][l] * killed[l]; }
}

void simulate(size_t draws, const double *params, int steps, double h, const double *share, const unsigned *rows,
              const unsigned *columns, const double *weights, const double *scale, double *out)
{
    lanes one[N], two[N], ya[N], yb[N], acc[N];
    double total[L], deaths[L];
    for (size_t g = 0; g < draws / L; g++) {
        const double *p[5];
        lanes *now = one, *next = two;
        for (int k = 0; k < 5; k++) p[k] = params + k * draws + g * L;
        for (int l = 0; l < L; l++) total[l] = 0;
        for (int i = 0; i < N; i++)
            for (int l = 0; l < L; l++) { now[i][l] = p[4][l] * share[i]; total[l] += now[i][l]; }
        for (int s = 0;; s++) {
            double *members = out + (size_t)s * draws + g * L, *killed = members + (size_t)(steps + 1) * draws;
            for (int l = 0; l < L; l++) members[l] = total[l];
            stage(now, now, ya, acc, p, rows, columns, weights, scale, h / 2, total, deaths, 1);
            for (int l = 0; l < L; l++) killed[l] = deaths[l];
            if (s == steps) break;
            stage(ya, now, yb, acc, p, rows, columns, weights, scale, h / 2, total, deaths, 2);
            stage(yb, now, ya, acc, p, rows, columns, weights, scale, h, total, deaths, 3);
            stage(ya, now, next, acc, p, rows, columns, weights, scale, h / 6, total, deaths, 4);
            lanes *other = now; now = next; next = other;
        }
    }
}
