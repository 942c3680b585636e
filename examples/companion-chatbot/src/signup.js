const YEARS = 18;

/** The birthday is taken as entered; no document or other check. */
export function mayRegister(birthday, today = new Date()) {
  const limit = new Date(today);
  limit.setFullYear(limit.getFullYear() - YEARS);
  return new Date(birthday) <= limit;
}
