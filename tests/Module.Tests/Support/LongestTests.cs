using LoyaltyPipeline.Module.Tests.Commands;
using LoyaltyPipeline.Module.Tests.Formatting;
using LoyaltyPipeline.Module.Tests.Help.Examples;
using LoyaltyPipeline.Module.Tests.Pipelines;
using LoyaltyPipeline.Module.Tests.Processes;
using LoyaltyPipeline.Module.Tests.Runtime;
using LoyaltyPipeline.TestSupport;

[assembly: TestCollectionOrderer(typeof(LoyaltyPipeline.Module.Tests.Support.LongestTests))]

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>The classes that take longest.</summary>
public sealed class LongestTests() : LongestFirst(
    typeof(DailyTests), typeof(ExampleTests), typeof(WhatIfTests), typeof(FormatTests), typeof(CultureTests), typeof(InterruptionTests),
    typeof(FailureTests), typeof(PrivacyTests), typeof(ScheduledJobTests));
