namespace LoyaltyPipeline.Core.Scheduling.Programs;

/// <summary>A program to run.</summary>
/// <param name="Program">Its name or full path.</param>
/// <param name="Arguments">What it is told.</param>
internal sealed record ProgramCall(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>What Windows programs are told, as one text; instead of the list.</summary>
    public string? ArgumentText { get; init; }

    /// <summary>What it reads from standard input.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>All variables that it sees; null for those of this process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Where it starts; null for where this process is.</summary>
    public string? Folder { get; init; }

    /// <summary>How long it may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override string ToString() => $"{Program} {ArgumentText ?? string.Join(' ', Arguments)}".TrimEnd();
}
