// How smoothly a page moves: the time from frame to frame, and the longest piece of work that kept it from drawing.
import { type Page } from "@playwright/test";

export interface Frames {
  count: number;
  /** Milliseconds between frames. */
  median: number;
  worst: number;
  over17: number;
  over33: number;
  /** The longest task of the main thread, 0 where none took 50 ms. */
  longest: number;
}

interface Seen {
  stop: () => { gaps: number[]; longest: number };
}

/** Watches the frames that the page draws while `act` goes on. */
export async function record(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const gaps: number[] = [];
    let [last, going, longest] = [performance.now(), true, 0];
    const tasks = new PerformanceObserver((list) => {
      for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
    });
    tasks.observe({ type: "longtask" });
    const frame = (now: number) => {
      gaps.push(now - last);
      last = now;
      if (going) requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(frame);
    });
    const stop = () => {
      going = false;
      tasks.disconnect();
      return { gaps, longest };
    };
    (window as unknown as { seen: Seen }).seen = { stop };
  });
  await act();
  const { gaps, longest } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen.stop());
  const sorted = [...gaps].sort((a, b) => a - b);
  const over = (limit: number) => gaps.filter((gap) => gap > limit).length;
  return { count: gaps.length, median: sorted[sorted.length >> 1] ?? 0, worst: sorted.at(-1) ?? 0, over17: over(17.7), over33: over(34), longest };
}

/** Scrolls what holds `selector` down by `distance`, a step each frame, in about so many milliseconds. */
export async function scroll(page: Page, selector: string, distance: number, within: number): Promise<void> {
  await page.evaluate(
    ([selector, distance, within]) =>
      new Promise<void>((done) => {
        const holder = document.querySelector(selector)?.parentElement;
        if (!holder) throw new Error(`nothing to scroll: ${selector}`);
        const [from, began] = [holder.scrollTop, performance.now()];
        const step = (now: number) => {
          const part = Math.min(1, (now - began) / within);
          holder.scrollTop = from + distance * part;
          if (part < 1) requestAnimationFrame(step);
          else done();
        };
        requestAnimationFrame(step);
      }),
    [selector, distance, within] as const,
  );
}
