// Once a day, to users who have not written: asks about the last worry they mentioned.
import { recall } from "./memory.js";

export async function checkIn(user, push) {
  const [worry] = await recall(user.id, "worried sad tired lonely");
  const text = worry ? `You told me about this: "${worry}". How do you feel today?` : "How do you feel today?";
  await push(user.id, text);
}
