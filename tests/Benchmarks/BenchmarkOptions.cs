using System.Globalization;

namespace LoyaltyPipeline.Benchmarks;

/// <summary>What the benchmark is asked to do.</summary>
internal sealed record BenchmarkOptions
{
    public static string Usage { get; } =
        $"Usage: LoyaltyPipeline.Benchmarks [--users 1000000] [--days 365] [--rounds 5] [--kills 0] [--out artifacts/bench.json] [--only {string.Join('|', Benchmark.Names)}[,...]]";

    public int Users { get; init; } = 1_000_000;

    public int Days { get; init; } = 365;

    /// <summary>How often each pair is measured.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>How many runs are killed at random moments; none for 0.</summary>
    public int Kills { get; init; }

    public string Out { get; init; } = Path.Combine(Repository.Root, "artifacts", "bench.json");

    /// <summary>Scenarios to run; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var map = new ArgumentMap(arguments);
        map.AllowOnly("users", "days", "rounds", "kills", "out", "only");
        var defaults = new BenchmarkOptions();
        var only = map.Find("only")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (only?.Except(Benchmark.Names, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
            throw new UsageException($"There is no scenario {unknown}.");
        return new BenchmarkOptions
        {
            Users = Positive(map, "users", defaults.Users),
            Days = Positive(map, "days", defaults.Days),
            Rounds = Positive(map, "rounds", defaults.Rounds),
            Kills = map.Find("kills") is null ? defaults.Kills : Positive(map, "kills", defaults.Kills),
            Out = map.Find("out") is { } path ? Path.GetFullPath(path) : defaults.Out,
            Only = only,
        };
    }

    private static int Positive(ArgumentMap map, string name, int otherwise)
    {
        if (map.Find(name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new UsageException($"--{name} takes a positive whole number, not '{text}'.");
    }
}
