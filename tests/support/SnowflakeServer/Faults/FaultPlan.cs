using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Sessions;

namespace LoyaltyPipeline.SnowflakeSupport.Faults;

/// <summary>What goes wrong, and when.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<(Fault Fault, int Seen)> _faults = [];

    /// <summary>Plans a fault.</summary>
    public void Add(Fault fault)
    {
        lock (_gate)
            _faults.Add((fault, 0));
    }

    /// <summary>Finds the fault that a statement meets.</summary>
    /// <returns>The fault; null where it meets none.</returns>
    public FaultKind? Meet(string text)
    {
        lock (_gate)
        {
            FaultKind? met = null;
            for (var i = 0; i < _faults.Count; i++)
            {
                var (fault, seen) = _faults[i];
                if (!text.Contains(fault.TextContains, StringComparison.OrdinalIgnoreCase))
                    continue;
                _faults[i] = (fault, seen + 1);
                if (seen >= fault.Skip && seen < fault.Skip + fault.Times)
                    met ??= fault.Kind;
            }

            return met;
        }
    }

    /// <summary>Lets a fault happen before its statement.</summary>
    /// <param name="kind">The fault; null for none.</param>
    public static void Before(FaultKind? kind, Session session, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case FaultKind.SessionExpired:
                session.IsOver = true;
                throw SnowflakeError.SessionExpired();
            case FaultKind.SessionGone:
                session.IsOver = true;
                throw SnowflakeError.SessionGone();
            case FaultKind.NetworkCutBefore:
                throw new NetworkCutException();
            case FaultKind.WarehouseSuspended:
                throw new SnowflakeError(
                    "000606", "57P03",
                    "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.");
            case FaultKind.LockTimeout:
                throw new SnowflakeError("000625", "57014", "Your statement was aborted because the lock wait timeout was reached.");
            case FaultKind.Hang:
                cancellationToken.WaitHandle.WaitOne();
                cancellationToken.ThrowIfCancellationRequested();
                break;
            case FaultKind.Cancelled:
                throw SnowflakeError.Cancelled();
            default:
                break;
        }
    }
}
