using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Subjects;

namespace LoyaltyPipeline.Crashes.Works;

/// <summary>Suppresses users, of whom some are already, for another reason. It is one unit.</summary>
internal sealed class SuppressWork : Work
{
    public override string Name => "suppress";

    protected override async Task PrepareAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await session.ExecuteAsync(
            "INSERT INTO LOYALTY.SUPPRESSION (USER_ID, REASON) SELECT u, 'asked' FROM range(1, 2000) AS r(u)", cancellationToken);
    }

    protected override async IAsyncEnumerable<object> UnitsAsync(
        IWarehouse warehouse, string landing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await new UserSuppressor(Pipeline).AddAsync(
            warehouse, new SuppressOptions([.. Enumerable.Range(2, 5000).Select(user => (long)user)], "list"), Reporter, cancellationToken);
    }
}
