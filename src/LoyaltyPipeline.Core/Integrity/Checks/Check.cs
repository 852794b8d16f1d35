using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>A check.</summary>
/// <param name="definition">What is known of it before it runs.</param>
internal abstract class Check(CheckDefinition definition)
{
    /// <summary>What is known of it before it runs.</summary>
    public CheckDefinition Definition { get; } = definition;

    /// <summary>What must be there for it to be made.</summary>
    public virtual IEnumerable<TableNeed> Needs =>
        Definition.Table is { } table ? [new TableNeed(table, Definition.Column?.Split(", ") ?? [])] : [];

    /// <summary>
    /// The aggregates it needs; they are computed before it runs, in one scan with those of the other checks of the table.
    /// </summary>
    /// <param name="context">The warehouse as it is found.</param>
    public virtual IEnumerable<Measure> Measures(CheckContext context) => [];

    /// <summary>The reference it looks after; counted before it runs, in one pass with all that lead to the same column.</summary>
    /// <param name="context">The warehouse as it is found.</param>
    public virtual ReferenceProbe? Probe(CheckContext context) => null;

    /// <summary>Checks.</summary>
    /// <param name="context">The warehouse as it is found, and the aggregates.</param>
    /// <exception cref="LoyaltyException">The check cannot be run.</exception>
    public abstract Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken);
}
