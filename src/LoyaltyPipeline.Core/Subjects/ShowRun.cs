using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>
/// One run that shows personal data of a user. It takes no lock, and what it shows is shown only once it is in the log; whose it is, is
/// not there.
/// </summary>
internal sealed class ShowRun(RunContext context, long userId, DateTime at)
    : RunFrame<SubjectDocument>(context, RunKind.Show, "Showing a user", expectedSteps: 1)
{
    private long _rows;

    protected override async Task<SubjectDocument> WorkAsync(CancellationToken cancellationToken)
    {
        var document = await Clock.RunAsync(
            "Read", () => new SubjectReader(Pipeline, Session).ReadAsync(userId, at, cancellationToken),
            document => document.Sections.Sum(section => section.Rows.Count));
        _rows = document.Sections.Sum(section => section.Rows.Count);
        await AuditLog.InTransactionAsync(Session, () => LogSuccessAsync(cancellationToken), cancellationToken);
        return document;
    }

    // It takes no lock.
    protected override AuditChain Chain => AuditChain.Beside;

    protected override AuditParameters Parameters => new() { { "users", 1 }, { "rows", _rows } };

    protected override RunFindings Findings => new() { Totals = new RunTotals(Unchanged: _rows) };
}
