# SPDX-License-Identifier: Apache-2.0
"""Times in PyTorch what `arturo bench --pytorch` times in arturo4j.

Arguments: the device, cpu or cuda, and the number of threads on the CPU. Says which PyTorch it is, then reads a work a
line, a JSON object, and answers each with a line of seconds. Ends with its input.
"""
import itertools
import json
import math
import statistics
import sys
import time

import torch
from torch import nn

DEVICE = torch.device(sys.argv[1])
WARM_UP = 3


def clock():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def seconds(*parts):
    """Seconds of each of these calls, one after the other."""
    times = []
    for part in parts:
        start = clock()
        part()
        times.append(clock() - start)
    return times


def measure(runs, *parts, statistic=statistics.median):
    """Seconds of each of these calls, which are made one after the other, runs times; warm."""
    for _ in range(WARM_UP):
        seconds(*parts)
    return [statistic(times) for times in zip(*(seconds(*parts) for _ in range(runs)))]


class Arturo(torch.optim.Optimizer):
    """arTuRO (arXiv 2310.20574), element-wise. Mode paper solves the dual by the published bisection, robust by
    Newton's method. Gradients have to be finite.
    """

    def __init__(self, parameters, config):
        super().__init__(parameters, {})
        self.config = config
        self.eta = None

    @torch.no_grad()
    def step(self):
        c = self.config
        robust = c["mode"] == "robust"
        terms = []
        for p in self.param_groups[0]["params"]:
            state = self.state[p]
            if not state:
                state["precision"] = torch.full_like(p, 1 / c["varInit"])
                state["linear"] = p.grad.clone()
                state["curvature"] = torch.full_like(p, 0.1)
                state["p00"] = torch.full_like(p, c["startFilterCov"])
                state["p01"] = torch.zeros_like(p)
                state["p11"] = torch.full_like(p, c["startFilterCov"])
            p.mul_(1 - c["klBound"] * c["weightDecay"])
            self.filter(p, state)
            curvature = state["curvature"] + c["regWeight"] * c["priorPrec"]
            slope = torch.addcmul(state["linear"], curvature, p)
            if robust:
                curvature.clamp_(min=c["minCurvature"])
            terms.append((p, state["precision"], curvature, slope))
        self.eta = self.newton(terms) if robust else self.bisection(terms)
        for p, precision, curvature, slope in terms:
            p.addcdiv_(slope, curvature + self.eta * precision, value=-1)
            precision.mul_(c["nu"]).add_(curvature).div_(c["regWeight"] + c["nu"])
            if robust:
                precision.clamp_(c["minPrecision"], c["maxPrecision"])

    def filter(self, p, state):
        """Recursive least squares: the gradient is linear in the weight, and noisy."""
        c = self.config
        p00, p01, p11 = state["p00"], state["p01"], state["p11"]
        p00.add_(c["dynamicModelNoise"])
        p11.add_(c["dynamicModelNoise"])
        u = torch.addcmul(p00, p01, p)
        v = torch.addcmul(p01, p11, p)
        variance = torch.addcmul(u, v, p).add_(c["measurementNoise"])
        gain0, gain1 = u / variance, v / variance
        innovation = (p.grad - state["linear"]).addcmul_(state["curvature"], p, value=-1)
        state["linear"].addcmul_(gain0, innovation)
        state["curvature"].addcmul_(gain1, innovation)
        p00.addcmul_(gain0, u, value=-1)
        p01.addcmul_(gain0, v, value=-1)
        p11.addcmul_(gain1, v, value=-1)

    def kl(self, terms, eta):
        total = 0
        for _, precision, curvature, slope in terms:
            total = total + (precision * (slope / (curvature + eta * precision)).square_()).sum()
        return 0.5 * total.item()

    def bisection(self, terms):
        bound = self.config["klBound"]
        low, high = (0, 1e4) if self.eta is None else (self.eta / 3, min(3 * self.eta, 1e4))
        while high - low > self.config["etaTol"]:
            eta = (low + high) / 2
            excess = self.kl(terms, eta) - bound
            if excess > 0:
                low = eta
            else:
                high = eta
            if abs(excess) < 0.1 * bound:
                break
        return (low + high) / 2

    def newton(self, terms):
        """KL^-1/2 is concave in eta and nearly linear (Moré, Sorensen): two or three evaluations are enough."""
        bound = self.config["klBound"]
        eta = self.eta or 0
        while True:
            kl = derivative = 0
            for _, precision, curvature, slope in terms:
                denominator = curvature + eta * precision
                part = precision * (slope / denominator).square_()
                kl = kl + part.sum()
                derivative = derivative + (part * precision).div_(denominator).sum()
            kl, derivative = 0.5 * kl.item(), -derivative.item()
            if not math.isfinite(kl):
                raise FloatingPointError(f"the KL divergence is {kl}")
            if abs(kl - bound) <= 0.01 * bound or eta == 0 and kl <= bound:
                return eta
            eta = max(0, eta - 2 * kl * (math.sqrt(kl / bound) - 1) / derivative)


class Lion(torch.optim.Optimizer):
    """Lion (arXiv 2302.06675), which PyTorch has not."""

    def __init__(self, parameters, config):
        super().__init__(parameters, {})
        self.config = config

    @torch.no_grad()
    def step(self):
        c = self.config
        for p in self.param_groups[0]["params"]:
            momentum = self.state[p].setdefault("momentum", torch.zeros_like(p))
            direction = momentum.lerp(p.grad, 1 - c["beta1"]).sign_()
            p.mul_(1 - c["learningRate"] * c["weightDecay"]).add_(direction, alpha=-c["learningRate"])
            momentum.lerp_(p.grad, 1 - c["beta2"])


class Ivon(torch.optim.Optimizer):
    """IVON (arXiv 2402.17641), which PyTorch has not. A step ends with the draw of the next one's weights."""

    def __init__(self, parameters, config):
        super().__init__(parameters, {})
        self.config = config
        self.steps = 0
        for p in self.param_groups[0]["params"]:
            self.state[p] = {"momentum": torch.zeros_like(p), "hessian": torch.full_like(p, config["hessInit"])}
            self.draw(p)

    @torch.no_grad()
    def draw(self, p):
        state = self.state[p]
        state["mean"] = p.clone()
        p.add_(torch.randn_like(p) * (self.config["ess"] * (state["hessian"] + self.config["weightDecay"])).rsqrt_())

    @torch.no_grad()
    def step(self):
        c = self.config
        delta = c["weightDecay"]
        self.steps += 1
        rate = c["learningRate"] * (c["hessInit"] + delta)
        for p in self.param_groups[0]["params"]:
            state = self.state[p]
            h = state["hessian"]
            sample = p.grad * (p - state["mean"]) * (c["ess"] * (h + delta))
            state["momentum"].lerp_(p.grad, 1 - c["beta1"])
            change = ((1 - c["beta2"]) * (h - sample)).square_().div_(2 * (h + delta))
            state["hessian"] = h.lerp(sample, 1 - c["beta2"]).add_(change)
            mean = state["momentum"] / (1 - c["beta1"] ** self.steps) + delta * state["mean"]
            p.copy_(state["mean"] - rate * mean / (state["hessian"] + delta))
            self.draw(p)


class Adaptive(torch.optim.Optimizer):
    """arTuRO that estimates noise and scale, as arturo4j's `adaptive`."""

    def __init__(self, parameters, config):
        super().__init__(parameters, {})
        self.config = config
        self.steps = 0
        logs = weights = 0
        for p in self.param_groups[0]["params"]:
            square = p.detach().square().mean().item()
            if square > 0:
                logs += p.numel() * 0.5 * math.log(square)
                weights += p.numel()
        self.scale = math.exp(logs / weights) if weights else 0.05
        self.unit = self.scale * math.sqrt(2 * config["klBound"])

    def begin(self, p):
        g = p.grad
        self.state[p] = {
            "center": p.clone(), "slope": g.clone(), "noise": g.square(), "curvature": 0.1 / self.unit * g.abs(),
            "p00": torch.ones_like(p), "p01": torch.zeros_like(p), "p11": torch.full_like(p, 0.01)}

    def filter(self, p):
        s = self.state[p]
        delta = p - s["center"]
        x = delta / self.unit
        predicted = s["slope"] + s["curvature"] * delta
        innovation = p.grad - predicted
        s["noise"].lerp_(innovation.square(), max(1 / self.steps, 0.02))
        c = (s["p11"] + 2e-5).clamp_(max=0.01)
        b = s["p01"] + c * x
        a = s["p00"] + x * (s["p01"] + b) + 0.01
        inverse = 1 / (a + 1)
        gain = b * inverse
        s["center"] = p.clone()
        s["slope"] = predicted + a * inverse * innovation
        s["curvature"].addcmul_(gain, innovation, value=1 / self.unit)
        s["p00"], s["p01"], s["p11"] = a * inverse, gain, c - b * gain

    @torch.no_grad()
    def step(self):
        config = self.config
        self.steps += 1
        energy = noise = total = count = 0
        for p in self.param_groups[0]["params"]:
            p.mul_(1 - config["klBound"] * config["weightDecay"])
            self.begin(p) if self.steps == 1 else self.filter(p)
            s = self.state[p]
            suggested = (s["noise"] + s["slope"].square()).sqrt_().div_(self.unit)
            by_curvature = config["metric"] == "curvature"
            metric = torch.maximum(s["curvature"], 0.2 * suggested) if by_curvature else suggested
            s["metric"] = metric.clamp_(min=1e-15)
            energy = energy + (s["slope"].square() / metric).sum()
            noise = noise + (s["noise"] / metric).sum()
            total = total + metric.sum()
            count += p.numel()
        energy, noise, total = energy.item(), noise.item(), total.item()
        whole = max(energy, noise) if config["length"] == "signal" else energy
        weight = total / count * self.scale ** 2
        factor = min(1, math.sqrt(2 * count * config["klBound"] * weight / whole)) if whole > 0 else 1
        for p in self.param_groups[0]["params"]:
            s = self.state[p]
            p.addcdiv_(s["slope"], s["metric"], value=-factor)


def create_optimizer(config, parameters):
    name = config["name"]
    if name == "arturo":
        return Arturo(parameters, config)
    if name == "lion":
        return Lion(parameters, config)
    if name == "ivon":
        return Ivon(parameters, config)
    if name == "adaptive":
        return Adaptive(parameters, config)
    rate = config["learningRate"]
    if name == "sgd":
        return torch.optim.SGD(parameters, rate, momentum=config["momentum"], weight_decay=config["weightDecay"])
    if name == "rmsprop":
        return torch.optim.RMSprop(
            parameters, rate, config["alpha"], config["eps"], config["weightDecay"], config["momentum"])
    betas = (config["beta1"], config["beta2"])
    if name == "nadam":
        return torch.optim.NAdam(
            parameters, rate, betas, config["eps"], config["weightDecay"], config["momentumDecay"])
    if name == "adam":
        return torch.optim.Adam(parameters, rate, betas, config["eps"])
    if name == "adamw":
        return torch.optim.AdamW(parameters, rate, betas, config["eps"], weight_decay=config["weightDecay"])
    raise ValueError(f"no optimizer {name!r}")


def block(inputs, outputs, **convolution):
    return [nn.Conv2d(inputs, outputs, 3, **convolution), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.2)]


def head(features, classes):
    return [nn.Flatten(), nn.Linear(features, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, classes)]


def fmnist_cnn(classes):
    last = [nn.Conv2d(64, 128, 3), nn.ReLU(), nn.Dropout(0.2)]
    return nn.Sequential(*block(1, 32), *block(32, 64), *last, *head(1152, classes))


def cifar_cnn(classes):
    sizes = [3, 32, 64, 128, 256]
    blocks = [layer for pair in zip(sizes, sizes[1:]) for layer in block(*pair, padding=1)]
    return nn.Sequential(*blocks, *head(1024, classes))


class BasicBlock(nn.Module):
    """As torchvision's."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += identity
        return self.relu(out)


def resnet(channels, depths, classes):
    layers = [
        nn.Conv2d(channels, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for group, depth in enumerate(depths):
        outputs = 64 << group
        for i in range(depth):
            layers.append(BasicBlock(inputs, outputs, 2 if group > 0 and i == 0 else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))


class Attention(nn.Module):
    def __init__(self, dimensions, heads, dropout):
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.qkv = nn.Linear(dimensions, 3 * dimensions)
        self.out = nn.Linear(dimensions, dimensions)

    def forward(self, x):
        batch, length, dimensions = x.shape
        q, k, v = (
            part.view(batch, length, self.heads, -1).transpose(1, 2) for part in self.qkv(x).split(dimensions, 2))
        dropout = self.dropout if self.training else 0
        if hasattr(nn.functional, "scaled_dot_product_attention"):  # since 2.0
            y = nn.functional.scaled_dot_product_attention(q, k, v, dropout_p=dropout, is_causal=True)
        else:
            future = torch.ones(length, length, dtype=torch.bool, device=x.device).triu(1)
            scores = (q @ k.transpose(2, 3) * q.shape[-1] ** -0.5).masked_fill(future, -math.inf)
            y = nn.functional.dropout(scores.softmax(3), dropout) @ v
        return self.out(y.transpose(1, 2).reshape(batch, length, dimensions))


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Gpt(nn.Module):
    """Of GPT-2's shape, its last layer tied to the embedding."""

    def __init__(self, vocabulary, length, dimensions=192, heads=6, depth=4, dropout=0.1):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, dimensions)
        self.positions = nn.Parameter(torch.randn(length, dimensions))
        blocks = [
            part
            for _ in range(depth)
            for part in (
                Residual(nn.LayerNorm(dimensions), Attention(dimensions, heads, dropout), nn.Dropout(dropout)),
                Residual(
                    nn.LayerNorm(dimensions), nn.Linear(dimensions, 4 * dimensions), nn.GELU(approximate="tanh"),
                    nn.Linear(4 * dimensions, dimensions), nn.Dropout(dropout)))]
        self.body = nn.Sequential(nn.Dropout(dropout), *blocks, nn.LayerNorm(dimensions))

    def forward(self, x):
        return nn.functional.linear(self.body(self.tokens(x) + self.positions), self.tokens.weight)


def mlp(inputs, classes):
    return nn.Sequential(
        nn.Flatten(), nn.Linear(inputs, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, classes))


MODELS = {
    "mlp": lambda work: mlp(math.prod(work["input"]), work["outputs"]),
    "fmnist_cnn": lambda work: fmnist_cnn(work["outputs"]),
    "cifar10_cnn": lambda work: cifar_cnn(work["outputs"]),
    "cifar100_cnn": lambda work: cifar_cnn(work["outputs"]),
    "fmnist_resnet18": lambda work: resnet(1, [2, 2, 2, 2], work["outputs"]),
    "cifar10_resnet34": lambda work: resnet(3, [3, 4, 6, 3], work["outputs"]),
    "cifar100_resnet34": lambda work: resnet(3, [3, 4, 6, 3], work["outputs"]),
    "text_gpt": lambda work: Gpt(work["vocabulary"], *work["input"]),
}


def time_optimizer(work):
    """Seconds of an optimizer's step, for tensors of the given shapes."""
    parameters = [torch.empty(shape, device=DEVICE).uniform_(-0.1, 0.1) for shape in work["shapes"]]
    for p in parameters:
        p.grad = 0.01 * torch.randn_like(p)
    optimizer = create_optimizer(work["optimizer"], parameters)
    with torch.no_grad():
        return measure(work["runs"], optimizer.step)


def time_convolution(work):
    """Seconds of a convolution forward, backward to its input and backward to its weights."""
    s = work["shape"]
    x = torch.randn(s["batch"], s["inChannels"], s["inHeight"], s["inWidth"], device=DEVICE)
    w = torch.randn(s["outChannels"], s["inChannels"], s["kernel"], s["kernel"], device=DEVICE)

    def forward():
        return nn.functional.conv2d(x, w, stride=s["stride"], padding=s["padding"])

    with torch.no_grad():
        times = measure(work["runs"], forward)
    x.requires_grad_()
    w.requires_grad_()
    y = forward()
    gradient = torch.randn_like(y)
    for to in (x, w):
        times += measure(work["runs"], lambda: torch.autograd.grad(y, to, gradient, retain_graph=True))
    return times


def time_linear(work):
    """Seconds of a fully connected layer forward, backward to its input and backward to its weights."""
    x = torch.randn(work["batch"], work["inputs"], device=DEVICE)
    w = torch.randn(work["outputs"], work["inputs"], device=DEVICE)
    dy = torch.randn(work["batch"], work["outputs"], device=DEVICE)
    with torch.no_grad():
        products = (lambda: x @ w.t(), lambda: dy @ w, lambda: dy.t() @ x)
        return [time for product in products for time in measure(work["runs"], product)]


def time_training(work):
    """Seconds of forward and backward, and of the optimizer, in training steps on random examples."""
    if work["model"] not in MODELS:
        raise ValueError(f"there is no {work['model']} here to compare with; there are: {', '.join(MODELS)}")
    model = MODELS[work["model"]](work).to(DEVICE)
    count = sum(p.numel() for p in model.parameters())
    if count != work["parameters"]:
        raise ValueError(f"{work['model']} has {count} parameters here, not {work['parameters']}")
    optimizer = create_optimizer(work["optimizer"], model.parameters())
    shape = (work["examples"], *work["input"])
    if work["vocabulary"]:
        inputs = torch.randint(work["vocabulary"], shape, device=DEVICE)
        labels = torch.randint(work["outputs"], shape, device=DEVICE)
    else:
        inputs = torch.rand(shape, device=DEVICE)
        labels = torch.randint(work["outputs"], shape[:1], device=DEVICE)
    batches = itertools.cycle(range(0, work["examples"], work["batch"]))

    def gradient():
        first = next(batches)
        batch = slice(first, first + work["batch"])
        optimizer.zero_grad(set_to_none=True)
        outputs = model(inputs[batch])
        nn.functional.cross_entropy(outputs.view(-1, outputs.shape[-1]), labels[batch].flatten()).backward()

    statistic = {"median": statistics.median, "sum": sum}[work["statistic"]]
    return measure(work["runs"], gradient, optimizer.step, statistic=statistic)


WORKS = {
    "optimizer": time_optimizer,
    "convolution": time_convolution,
    "linear": time_linear,
    "training": time_training,
}


def main():
    torch.set_num_threads(int(sys.argv[2]))
    torch.zeros(1, device=DEVICE)  # fails now if there is no such device
    where = torch.cuda.get_device_name() if DEVICE.type == "cuda" else f"{torch.get_num_threads()} threads"
    print(f"PyTorch {torch.__version__}, {where}", flush=True)
    for line in sys.stdin:
        work = json.loads(line)
        print(*WORKS[work["work"]](work), flush=True)


main()
