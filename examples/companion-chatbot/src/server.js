import express from "express";
import OpenAI from "openai";
import { crisisAnswer, looksLikeCrisis } from "./crisis.js";
import { recall, remember } from "./memory.js";

// Our own inference server speaks the same protocol.
const model = new OpenAI({ baseURL: process.env.MODEL_URL, apiKey: "local" });
const app = express();
app.use(express.json());

const PERSONAS = {
  friend: "You are Nabi, a warm friend. You are an AI and say so when asked.",
  partner: "You are Nabi, an affectionate partner. You are an AI and say so when asked.",
};

app.post("/talk", async (request, response) => {
  const { userId, persona, text, lang } = request.body;
  if (looksLikeCrisis(text)) {
    response.json({ text: crisisAnswer(lang), crisis: true });
    return;
  }
  const memories = await recall(userId, text);
  const completion = await model.chat.completions.create({
    model: "byeol-72b",
    messages: [
      { role: "system", content: `${PERSONAS[persona]}\nYou remember:\n${memories.join("\n")}` },
      { role: "user", content: text },
    ],
  });
  const answer = completion.choices[0].message.content;
  await remember(userId, text, answer);
  response.json({ text: answer });
});

app.listen(8080);
