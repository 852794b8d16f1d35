using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>A part of what the dashboard is made of, which was read by itself.</summary>
/// <typeparam name="T">What was read.</typeparam>
/// <param name="value">What was read.</param>
/// <param name="failure">Why nothing could be read; null where something was.</param>
/// <param name="unreadable">The rows that could not be read.</param>
internal sealed class DashboardPart<T>(T? value, LoyaltyException? failure, IReadOnlyList<LoyaltyException> unreadable)
{
    /// <summary>What was read.</summary>
    /// <exception cref="LoyaltyException">Nothing could be.</exception>
    public T Value => failure is null ? value! : throw failure;

    /// <summary>The rows that could not be read.</summary>
    public IReadOnlyList<LoyaltyException> Unreadable => unreadable;
}
