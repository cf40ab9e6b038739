import * as echarts from 'echarts';
import type { Curves, Point } from './growth.mjs';

const WIDTH = 900;
const HEIGHT = 700;

/** One of the 2 x 2 plots, with linear axes, so proportional growth is a straight line. */
const PLOTS: Array<{ curve: keyof Curves; x: string; y: string; pick: (point: Point) => number }> =
	[
		{ curve: 'files', x: 'files of 20 kB', y: 'time, s', pick: ({ seconds }) => seconds },
		{ curve: 'size', x: 'MiB of one file', y: 'time, s', pick: ({ seconds }) => seconds },
		{
			curve: 'files',
			x: 'files of 20 kB',
			y: 'growth of memory, MiB',
			pick: (point) => point.growth,
		},
		{
			curve: 'size',
			x: 'MiB of one file',
			y: 'growth of memory, MiB',
			pick: (point) => point.growth,
		},
	];

const at = (index: number) => ({
	left: 80 + (index % 2) * (WIDTH / 2),
	top: 50 + Math.floor(index / 2) * (HEIGHT / 2),
	width: WIDTH / 2 - 120,
	height: HEIGHT / 2 - 110,
});

/** The curves as an SVG picture. */
export function plotGrowth(curves: Curves): string {
	const chart = echarts.init(null, null, {
		renderer: 'svg',
		ssr: true,
		width: WIDTH,
		height: HEIGHT,
	});
	chart.setOption({
		animation: false,
		backgroundColor: '#fff',
		grid: PLOTS.map((_plot, i) => at(i)),
		xAxis: PLOTS.map(({ x }, i) => ({
			gridIndex: i,
			name: x,
			nameLocation: 'middle',
			nameGap: 30,
		})),
		yAxis: PLOTS.map(({ y }, i) => ({
			gridIndex: i,
			name: y,
			// A curve that is flat compared with the size of the files must look flat.
			...(y.includes('memory') && {
				min: 0,
				max: ({ max }: { max: number }) => Math.max(256, max),
			}),
		})),
		series: PLOTS.map(({ curve, pick }, i) => ({
			type: 'line',
			xAxisIndex: i,
			yAxisIndex: i,
			data: curves[curve].map((point) => [point.x, pick(point)]),
		})),
	});
	const svg = chart.renderToSVGString();
	chart.dispose();
	return svg;
}
