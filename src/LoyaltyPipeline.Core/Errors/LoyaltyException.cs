namespace LoyaltyPipeline.Core.Errors;

/// <summary>A failure that is understood: it has an id of the error catalogue and a remedy.</summary>
public sealed class LoyaltyException : Exception
{
    internal LoyaltyException(ErrorDefinition definition, string message, string remedy, object? target, Exception? cause)
        : base(message, cause)
    {
        Definition = definition;
        Remedy = remedy;
        Target = target;
    }

    /// <summary>The entry of the error catalogue.</summary>
    public ErrorDefinition Definition { get; }

    /// <summary>The stable id, for example <c>SourceMissing</c>.</summary>
    public string ErrorId => Definition.Id;

    /// <summary>What the user can do about it.</summary>
    public string Remedy { get; }

    /// <summary>The user's item: a path, a table, a run date.</summary>
    public object? Target { get; }

    /// <summary>Where in a file of settings it was found; null where it is about none.</summary>
    internal FilePlace? Place { get; init; }
}
