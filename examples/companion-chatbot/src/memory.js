import pg from "pg";

const pool = new pg.Pool();

/** What earlier talks say about the matter at hand, newest first. */
export async function recall(userId, text) {
  const { rows } = await pool.query(
    "SELECT summary FROM memories WHERE user_id = $1 AND search @@ plainto_tsquery($2) ORDER BY at DESC LIMIT 12",
    [userId, text],
  );
  return rows.map((row) => row.summary);
}

export async function remember(userId, text, answer) {
  await pool.query("INSERT INTO memories (user_id, summary, at) VALUES ($1, $2, now())", [
    userId,
    `${text} / ${answer}`.slice(0, 500),
  ]);
}
