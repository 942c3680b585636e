"""Starts the main run and logs the compute spent so far."""

import time

import torch
import torch.distributed as dist
import yaml
from torch.distributed.fsdp import FullyShardedDataParallel


def spent(config: dict, started: float) -> float:
    hardware = config["hardware"]
    seconds = time.time() - started
    return hardware["accelerators"] * hardware["peak_flops"] * hardware["utilisation"] * seconds


def main() -> None:
    with open("train/config.yaml", encoding="utf-8") as file:
        config = yaml.safe_load(file)
    dist.init_process_group("nccl")
    from aurelith.model import build
    from aurelith.data import batches

    model = FullyShardedDataParallel(build(config["model"]))
    optimiser = torch.optim.AdamW(model.parameters(), lr=1.2e-4)
    started = time.time()
    for step, batch in enumerate(batches(config["data"])):
        loss = model(batch).mean()
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        if step % 1000 == 0 and dist.get_rank() == 0:
            print(f"{step} loss {loss.item():.3f} compute {spent(config, started):.3e} FLOP")


if __name__ == "__main__":
    main()
