namespace LoyaltyPipeline.Benchmarks;

/// <summary>Arguments of the form <c>--name value</c>.</summary>
internal sealed class ArgumentMap
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public ArgumentMap(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (!arguments[index].StartsWith("--", StringComparison.Ordinal) || index + 1 == arguments.Count)
                throw new UsageException($"'{arguments[index]}' is no option with a value.");
            _values[arguments[index][2..]] = arguments[index + 1];
        }
    }

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public string this[string name] => Find(name) ?? throw new UsageException($"--{name} is missing.");

    public void AllowOnly(params IReadOnlyList<string> names)
    {
        if (_values.Keys.Except(names, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
            throw new UsageException($"There is no option --{unknown}.");
    }
}
