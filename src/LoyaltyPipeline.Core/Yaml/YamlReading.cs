using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Yaml;

/// <summary>A YAML file that is being read, and what becomes of its faults: the first one ends it, or each is heard of.</summary>
/// <param name="Path">What errors name.</param>
/// <param name="Error">The error to raise where nothing else is said.</param>
/// <param name="Hear">Hears of each fault, after which reading goes on; null where the first one is to end it.</param>
internal sealed record YamlReading(string Path, ErrorDefinition Error, Action<LoyaltyException>? Hear = null)
{
    /// <summary>Throws a fault, unless somebody hears of it.</summary>
    public void Report(LoyaltyException fault)
    {
        if (Hear is null)
            throw fault;
        Hear(fault);
    }

    /// <summary>Reads something.</summary>
    /// <param name="otherwise">What is taken for it where it has a fault that is heard of.</param>
    public T Try<T>(Func<T> read, T otherwise)
    {
        if (Hear is null)
            return read();
        try
        {
            return read();
        }
        catch (LoyaltyException fault)
        {
            Hear(fault);
            return otherwise;
        }
    }

    /// <summary>The error of a place.</summary>
    /// <param name="key">The setting, with the keys above it.</param>
    /// <param name="remedy">A remedy for just this one.</param>
    public LoyaltyException At(
        int line, string key, string reason, string? remedy = null, Exception? cause = null, ErrorDefinition? definition = null) =>
        (definition ?? Error).At(new FilePlace(Path, line, key, reason), remedy, cause);
}
