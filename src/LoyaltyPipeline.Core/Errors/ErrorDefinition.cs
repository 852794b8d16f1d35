namespace LoyaltyPipeline.Core.Errors;

/// <summary>An entry of the error catalogue: a stable id, its kind and what the user can do about it.</summary>
/// <param name="Id">Stable PascalCase id; scripts match on it.</param>
/// <param name="Kind">The kind of failure.</param>
/// <param name="Remedy">What to do, in one or two sentences.</param>
public sealed record ErrorDefinition(string Id, ErrorKind Kind, string Remedy)
{
    /// <summary>Makes the exception for one occurrence.</summary>
    /// <param name="reason">What happened, naming the thing and the reason.</param>
    /// <param name="target">The user's item it happened to.</param>
    /// <param name="remedy">A remedy for just this occurrence, instead of the general one.</param>
    /// <param name="cause">The failure behind it.</param>
    /// <returns>The exception, to be thrown.</returns>
    public LoyaltyException Because(string reason, object? target = null, string? remedy = null, Exception? cause = null) =>
        new(this, reason, remedy ?? Remedy, target, cause);

    /// <summary>Makes the exception for what is wrong at a place of a file.</summary>
    /// <param name="remedy">A remedy for just this occurrence, instead of the general one.</param>
    internal LoyaltyException At(FilePlace place, string? remedy = null, Exception? cause = null) =>
        new(this, $"{place.Path} line {place.Line}: {place.Reason}", remedy ?? Remedy, place.Path, cause) { Place = place };
}
