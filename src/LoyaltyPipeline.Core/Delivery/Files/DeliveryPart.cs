using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>A file to be written.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Users">Whose rows it has.</param>
/// <param name="Rows">How many they are.</param>
internal sealed record DeliveryPart(int Number, UserRange Users, long Rows)
{
    /// <summary>Demands that as many rows were written as were counted.</summary>
    /// <param name="written">How many were written.</param>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>.</exception>
    public void Demand(long written, string consumer)
    {
        if (written != Rows)
            throw LoyaltyErrors.ReconciliationFailed.Because(
                $"File {Number} of the delivery has {written} rows where {Rows} were counted; Master or SUPPRESSION changed meanwhile.",
                consumer);
    }
}
